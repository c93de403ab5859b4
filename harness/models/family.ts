/** Who makes models of a name; the same maker's models like their own kind (docs/validity.md). */
const families: readonly (readonly [RegExp, string])[] = [
  [/gpt|\bo[134]\b|o[134]-|davinci|sora/, 'OpenAI'],
  [/claude/, 'Anthropic'],
  [/gemini|gemma|veo|learnlm/, 'Google'],
  [/qwen|qwq|wan-?2/, 'Alibaba'],
  [/llama/, 'Meta'],
  [/deepseek/, 'DeepSeek'],
  [/mistral|mixtral|codestral|pixtral|magistral/, 'Mistral'],
  [/grok/, 'xAI'],
  [/glm|cogv/, 'Zhipu'],
  [/kimi|moonshot/, 'Moonshot'],
  [/internvl|internlm/, 'Shanghai AI Lab'],
  [/phi-|mai-/, 'Microsoft'],
  [/nova/, 'Amazon'],
  [/hunyuan/, 'Tencent'],
  [/minimax|hailuo/, 'MiniMax'],
];

/** The maker of a model by its name; `null` for one that says nothing. */
export function familyOf(model: string): string | null {
  const name = model.toLowerCase();
  return families.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

/**
 * The chance that at least one of `k` tries passes, estimated without bias from `n` tries of which `c` passed: 1 - C(n - c, k) / C(n, k) (Chen et al.
 * 2021, "Evaluating Large Language Models Trained on Code"). `null` with fewer tries than `k`.
 */
export function passAtK(n: number, c: number, k: number): number | null {
  if (k > n || k < 1) return null;
  if (n - c < k) return 1;
  let none = 1;
  for (let i = n - c + 1; i <= n; i++) none *= 1 - k / i;
  return 1 - none;
}

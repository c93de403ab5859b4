import type { Sandbox } from '../render/sandbox/port.ts';
import { withWorkspace } from '../render/workspace.ts';

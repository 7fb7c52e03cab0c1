// The one way out of the page. `$host` is Tauri's in the program and the stand-in under `--mode fake`.
export { host } from '$host';
export { HostError } from './types';
export type { Host, HostEvents, MenuItem } from './types';

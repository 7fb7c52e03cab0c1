/// <reference types="svelte" />
/// <reference types="vite/client" />

/** This program's version, from package.json. */
declare const __FRISTED_VERSION__: string;

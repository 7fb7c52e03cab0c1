export { language, m, speak } from './language.svelte';

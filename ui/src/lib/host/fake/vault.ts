import type { AppStatus, ErrorCode, Place, Slot, Strength, Weakness } from '$lib/bindings';
import { HostError, type Host } from '../types';
import type { Wishes } from './wishes';

type VaultPart = Pick<
  Host,
  | 'appStatus' | 'settingsSave' | 'placeCheck' | 'placeChoose' | 'placeUse' | 'passphraseStrength'
  | 'firstRunKey' | 'firstRunKeyRenew' | 'firstRunFinish' | 'keyringReady' | 'unlockPassphrase'
  | 'unlockRecovery' | 'unlockKeyring' | 'lock' | 'activity' | 'slots' | 'passphraseChange'
  | 'recoveryKeyNew' | 'recoveryKeyConfirm' | 'rootKeyChange' | 'computerRemember' | 'computerForget'
>;

/** What opens the stand-in's vault. */
export const examplePassphrase = 'fire heste i regnvejr';
export const exampleKey = 'QZRY-9X8G-F2TV-DW0S-3JN5-4KHC-E6MU-A7LQ-PZRY-9X8G';
const renewedKey = 'PA7L-E6MU-4KHC-3JN5-DW0S-F2TV-9X8G-QZRY-LQ7A-UM6E';

const bare = (key: string) => key.toUpperCase().replace(/[^A-Z0-9]/g, '');

/** A rough count of guesses: enough to show every word that the real estimate can lead to. */
export function strength(passphrase: string): Strength {
  const words = passphrase.trim().split(/\s+/).filter((word) => word.length > 1);
  const kinds = new Set(passphrase.toLowerCase()).size;
  const weakness: Weakness | null = /^(.)\1*$|1234|qwer/i.test(passphrase)
    ? 'pattern'
    : /^(password|adgangskode|kodeord|sommer|velkommen)\d*$/i.test(passphrase)
      ? 'common'
      : /(19|20)\d\d/.test(passphrase)
        ? 'date'
        : passphrase.length < 10
          ? 'short'
          : null;
  const years = Math.min(12, words.length * 2.6 + kinds * 0.25 - 7) - (weakness ? 4 : 0);
  const score = years < -3 ? 0 : years < 0 ? 1 : years < 2 ? 2 : years < 5 ? 3 : 4;
  return { score, yearsLog10: years, accepted: score >= 3, weakness: score >= 3 ? null : weakness };
}

/** Settings, keys and stages in memory. `tell` sends the stage to whoever listens. */
export function fakeVault(wishes: Wishes, now: () => Date, tell: (status: AppStatus) => void): VaultPart {
  let passphrase = examplePassphrase;
  let recovery = exampleKey;
  let pending: string | null = null;
  let remembered = wishes.keyring;
  let lastActive = Date.now();
  let status: AppStatus = {
    stage: wishes.stage,
    vaultPath: '/home/karen/Dokumenter/Fristed',
    settings: { language: wishes.language, theme: wishes.theme, idleMinutes: wishes.idle, spellCheck: true },
    language: wishes.language,
    notice: wishes.notice,
    readOnly: wishes.notice === 'readOnly',
    keyringTrouble: wishes.stage === 'locked' ? wishes.trouble : null,
  };

  const move = (change: Partial<AppStatus>): AppStatus => (status = { ...status, ...change });
  const open = () => {
    lastActive = Date.now();
    return move({ stage: 'open', keyringTrouble: null });
  };
  const refuse = (code: ErrorCode) => {
    throw new HostError(code);
  };
  const isKey = (typed: string, key: string) => {
    if (bare(typed).length !== bare(key).length) refuse('recoveryKeyMistyped');
    if (bare(typed) !== bare(key)) refuse('wrongKey');
  };
  const look = (path: string): Place => ({
    path,
    hasVault: path.includes('gammel'),
    problem: path.startsWith('/usr') ? 'notWritable' : path.trim() === '' ? 'folderUnusable' : null,
    synced: wishes.synced || /onedrive|dropbox/i.test(path),
  });
  const isPassphrase = (typed: string) => {
    if (typed !== passphrase) refuse('wrongKey');
  };

  setInterval(() => {
    const minutes = status.settings.idleMinutes ?? 0;
    if (status.stage === 'open' && minutes > 0 && Date.now() - lastActive > minutes * 60_000) {
      lastActive = Date.now();
      window.dispatchEvent(new CustomEvent('fristed-idle'));
    }
  }, 500);

  return {
    appStatus: async () => ({ ...status }),
    async settingsSave(settings) {
      return { ...move({ settings: { ...settings }, language: settings.language ?? 'da' }) };
    },
    placeCheck: async (path) => look(path),
    placeChoose: async () => look(wishes.folder),
    async placeUse(path) {
      if (!path.includes('gammel')) refuse('noVault');
      return { ...move({ vaultPath: path, stage: 'locked', keyringTrouble: null }) };
    },
    passphraseStrength: async (typed) => strength(typed),
    firstRunKey: async () => recovery,
    async firstRunKeyRenew() {
      recovery = recovery === exampleKey ? renewedKey : exampleKey;
      return recovery;
    },
    async firstRunFinish(path, chosen, useKeyring, typedKey) {
      isKey(typedKey, recovery);
      passphrase = chosen;
      remembered = useKeyring;
      move({ vaultPath: path });
      return { ...open() };
    },
    keyringReady: async () => wishes.keyring,
    async unlockPassphrase(typed) {
      isPassphrase(typed);
      return { ...open() };
    },
    async unlockRecovery(typed) {
      isKey(typed, recovery);
      return { ...open() };
    },
    async unlockKeyring() {
      if (wishes.slow) await new Promise(() => {});
      if (wishes.trouble) {
        move({ stage: 'locked', keyringTrouble: wishes.trouble });
        refuse(wishes.trouble);
      }
      return { ...open() };
    },
    async lock() {
      tell(move({ stage: 'locked', notice: null }));
      return { ...status };
    },
    async activity() {
      lastActive = Date.now();
    },
    async slots() {
      const createdAt = new Date(now().getTime() - 90 * 86_400_000).toISOString();
      const all: Slot[] = [
        { kind: 'passphrase', createdAt },
        { kind: 'recovery', createdAt },
      ];
      if (remembered) all.push({ kind: 'computer', createdAt });
      return all;
    },
    async passphraseChange(old, next) {
      isPassphrase(old);
      if (!strength(next).accepted) refuse('passphraseTooWeak');
      passphrase = next;
    },
    async recoveryKeyNew(typed) {
      isPassphrase(typed);
      return (pending = renewedKey);
    },
    async recoveryKeyConfirm(typed) {
      isKey(typed, pending ?? recovery);
      recovery = pending ?? recovery;
      pending = null;
    },
    async rootKeyChange(typed) {
      isPassphrase(typed);
      return (pending = renewedKey);
    },
    async computerRemember(typed) {
      isPassphrase(typed);
      if (!wishes.keyring) refuse('keyringUnavailable');
      remembered = true;
    },
    async computerForget() {
      remembered = false;
    },
  };
}

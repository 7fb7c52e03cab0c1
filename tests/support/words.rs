//! Danish-like text in any amount, the same for the same number.

const WORDS: [&str; 48] = [
    "leder",
    "netværk",
    "møde",
    "samtale",
    "afdeling",
    "tillid",
    "budget",
    "skole",
    "plejehjem",
    "medarbejder",
    "mandag",
    "aften",
    "spørgsmål",
    "svar",
    "ro",
    "retning",
    "ansvar",
    "plan",
    "kollega",
    "borger",
    "trivsel",
    "uenighed",
    "beslutning",
    "øvelse",
    "æble",
    "åbenhed",
    "jeg",
    "vi",
    "de",
    "var",
    "blev",
    "talte",
    "lyttede",
    "ventede",
    "skrev",
    "tænkte",
    "efter",
    "før",
    "med",
    "uden",
    "om",
    "ikke",
    "og",
    "men",
    "fordi",
    "igen",
    "næste",
    "gang",
];

/// A text of about so many bytes, with headings, lists and compounds, made from a number.
#[must_use]
pub fn text(seed: u64, bytes: usize) -> String {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).unwrap_or(0)
    };
    let mut text = format!("# Refleksion {seed}\n\n");
    while text.len() < bytes {
        match next(12) {
            0 => text.push_str("\n\n"),
            1 => text.push_str("\n- "),
            2 => {
                text.push_str(WORDS[next(26)]);
                text.push_str(WORDS[next(26)]);
                text.push(' ');
            }
            _ => {
                text.push_str(WORDS[next(WORDS.len())]);
                text.push(' ');
            }
        }
    }
    text.push('\n');
    text
}

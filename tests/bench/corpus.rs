//! Danish-like text: words from the list that Debian's `hunspell-da` ships, some of them glued
//! into compounds, drawn as words are in real text (the commonest very often, most of them
//! hardly ever).

use std::fs;

/// Where Debian puts the Danish word list.
pub const WORD_LIST: &str = "/usr/share/hunspell/da_DK.dic";

/// How many different words the texts draw from.
const VOCABULARY: usize = 60_000;

/// Words a text of about one kilobyte has.
const WORDS_PER_ENTRY: usize = 140;

/// A small generator of numbers that look random, the same in every run (xorshift64*, Vigna 2016).
pub struct Dice(u64);

impl Dice {
    pub const fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    pub fn roll(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.roll() >> 11) as usize % end
    }

    /// A number from 0 to 1.
    fn unit(&mut self) -> f64 {
        (self.roll() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Makes entries' texts.
pub struct Corpus {
    words: Vec<String>,
    dice: Dice,
}

impl Corpus {
    /// Reads the word list and shuffles it into an order of how common each word is.
    ///
    /// # Errors
    /// A sentence saying which package to install where the list is not there.
    pub fn new(seed: u64) -> Result<Self, String> {
        let list = fs::read_to_string(WORD_LIST)
            .map_err(|e| format!("{WORD_LIST}: {e}; install the package hunspell-da"))?;
        let mut stems: Vec<&str> = list
            .lines()
            .filter_map(|line| line.split(['/', '\t', ' ']).next())
            .filter(|word| (2..=14).contains(&word.chars().count()))
            .filter(|word| word.chars().all(|c| c.is_lowercase()))
            .collect();
        stems.sort_unstable();
        stems.dedup();
        let mut dice = Dice::new(seed);
        for i in (1..stems.len()).rev() {
            stems.swap(i, dice.below(i + 1));
        }
        let mut words: Vec<String> =
            stems.iter().take(VOCABULARY / 2).map(|&word| word.to_owned()).collect();
        while words.len() < VOCABULARY {
            let first = stems[dice.below(stems.len())];
            let second = stems[dice.below(stems.len())];
            let joint = if dice.below(3) == 0 { "s" } else { "" };
            words.insert(dice.below(words.len()), format!("{first}{joint}{second}"));
        }
        // What a leader writes about stands in the texts as often as it would in hers.
        for (rank, word) in [
            (0, "og"),
            (1, "at"),
            (2, "jeg"),
            (3, "det"),
            (40, "netværk"),
            (60, "møde"),
            (200, "ledernetværket"),
            (400, "netværksmøde"),
            (500, "ny"),
            (600, "hr"),
            (900, "trivsel"),
            (3_000, "afdelingsmøde"),
            (40_000, "sommerfuglevinge"),
        ] {
            words[rank] = word.to_owned();
        }
        Ok(Self { words, dice })
    }

    /// A word, by Zipf's law: the n-th commonest comes about 1/n as often as the first.
    fn word(&mut self) -> &str {
        let rank = (self.words.len() as f64).powf(self.dice.unit()) as usize - 1;
        &self.words[rank.min(self.words.len() - 1)]
    }

    /// A text of about one kilobyte with a heading and a few paragraphs.
    pub fn entry(&mut self) -> String {
        let mut text = String::with_capacity(1_200);
        text.push_str("# ");
        for n in 0..WORDS_PER_ENTRY {
            let end = if n == 4 {
                "\n\n"
            } else if n % 46 == 45 {
                ".\n\n"
            } else if n % 11 == 10 {
                ". "
            } else {
                " "
            };
            let word = self.word().to_owned();
            text.push_str(&word);
            text.push_str(end);
        }
        text
    }
}

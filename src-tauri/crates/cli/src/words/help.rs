//! The help in Danish: a text for every command and every option that the English one has.

use clap::Command;

use super::help_network;

/// What stands at the top of the help.
const ABOUT: &str = "Fristeds journal i terminalen: den samme krypterede journal, uden vinduet";

const LONG_ABOUT: &str = "\
Fristeds journal i terminalen: den samme krypterede journal, uden vinduet.

En journal åbnes med sin adgangssætning eller sin gendannelsesnøgle. Begge kan ligge i en fil; \
uden fil spørges der i terminalen, og svaret vises aldrig.

Slutkoder: 0 gjort, 1 mislykket, 2 forkert brug, 3 forkert nøgle, 4 beskadiget lager, 5 åben i et \
andet program, 6 ingen plads eller ingen adgang til at skrive.";

/// The command and what it does.
const COMMANDS: [(&str, &str); 23] = [
    ("create", "Lav en ny journal; viser dens gendannelsesnøgle én gang"),
    ("add", "Skriv en refleksion fra standard input; viser dens id"),
    ("list", "Vis refleksionerne, de nyeste først"),
    ("show", "Vis en refleksions tekst, byte for byte"),
    ("search", "Find refleksioner: ord, \"fraser\", -uden, tag:, from:, to:"),
    ("edit", "Ret en refleksion: dens tekst fra standard input, eller det, tilvalgene siger"),
    ("delete", "Læg en refleksion i papirkurven"),
    (
        "import",
        "Hent refleksioner fra Day One, jrnl, en mappe med Markdown eller en eksport fra Fristed; eller begivenheder fra en kalenderfil (.ics)",
    ),
    ("export", "Skriv alle refleksioner i en ny eller tom mappe"),
    ("agenda", "Det, kalenderne rummer, fra én dag og frem til en anden"),
    ("calendar", "Kalendere andre steder fra: abonnementer og konti på CalDAV-servere"),
    ("calendar list", "Vis kalenderne, og hvordan det går med dem, der kommer andre steder fra"),
    ("calendar subscribe", "Læs en kalender fra en adresse med mellemrum"),
    ("calendar account", "Hold kalenderne i en konto på en CalDAV-server ens begge steder"),
    ("calendar sync", "Se efter i kalenderne andre steder fra nu"),
    (
        "calendar conflicts",
        "Vis begivenheder, der er ændret begge steder, eller afgør, hvad der gælder",
    ),
    ("calendar confirm", "Svar for mange begivenheder, der er væk fra serveren eller slettet her"),
    ("check", "Led efter skader i hele lageret"),
    ("key", "De nøgler, der åbner journalen"),
    ("key list", "Vis de måder, journalen kan åbnes på"),
    ("key add", "Lad computerens nøglering åbne journalen, når vinduet starter"),
    ("key remove", "Glem denne computer"),
    ("key change", "Sæt en ny nøgle i stedet for en gammel, som så ikke længere åbner noget her"),
];

/// The command, the option or argument of it, and what that is for.
const ARGUMENTS: [(&str, &str, &str); 56] = [
    ("", "vault", "Journalens mappe; uden den bruges vinduets"),
    (
        "",
        "passphrase_file",
        "Læs adgangssætningen i denne fil (ét linjeskift til sidst hører ikke med)",
    ),
    ("", "recovery_key_file", "Læs gendannelsesnøglen i denne fil, som `create` viste den"),
    ("", "json", "Svar med ét JSON-dokument"),
    (
        "create",
        "hash",
        "Hvor meget arbejde adgangssætningens hash skal være: tuned er et halvt sekund her, least det mindste tilladte",
    ),
    ("add", "title", "Titlen; uden den bruges den første linje"),
    ("add", "at", "Dagen eller tidspunktet: 2026-11-24, \"2026-11-24 16:40\" eller RFC 3339"),
    ("add", "tags", "Et mærke; kan gives flere gange"),
    ("add", "star", "Giv den en stjerne"),
    (
        "add",
        "template",
        "Id for den skabelon, den følger; uden tekst på standard input bliver skabelonens spørgsmål til teksten",
    ),
    ("list", "limit", "Højst så mange"),
    ("list", "tag", "Kun dem med dette mærke"),
    ("list", "starred", "Kun dem med en stjerne"),
    ("list", "trash", "Papirkurven, det sidst slettede først"),
    ("show", "id", "Refleksionens id"),
    ("search", "query", "Det, der skal findes"),
    ("search", "more", "Mere af det"),
    ("search", "limit", "Højst så mange"),
    ("edit", "id", "Refleksionens id"),
    ("edit", "title", "En ny titel; en tom lader den første linje bruges"),
    ("edit", "at", "Dagen eller tidspunktet: 2026-11-24, \"2026-11-24 16:40\" eller RFC 3339"),
    ("edit", "tags", "De mærker, den skal have i stedet for dem, den har; kan gives flere gange"),
    ("edit", "no_tags", "Fjern alle mærker"),
    ("edit", "star", "Giv den en stjerne"),
    ("edit", "no_star", "Fjern stjernen"),
    ("edit", "keep_text", "Lad teksten være, og læs ikke standard input"),
    ("delete", "id", "Refleksionens id"),
    ("delete", "for_good", "Slet den for altid, med tidligere versioner og vedhæftede filer"),
    ("delete", "undo", "Tag den op af papirkurven igen"),
    ("import", "path", "En fil eller en mappe"),
    ("import", "dry_run", "Sig kun, hvad der ville komme"),
    (
        "import",
        "calendar",
        "For en kalenderfil: den kalender, der tager imod; den laves, hvis ingen hedder sådan",
    ),
    ("agenda", "from", "Den første dag: 2026-01-01"),
    ("agenda", "to", "Dagen efter den sidste"),
    ("calendar subscribe", "address", "Adressen (https eller webcal)"),
    ("calendar subscribe", "name", "Det, den skal hedde; uden det bruges dens eget navn"),
    ("calendar subscribe", "user", "Navnet til at logge på med"),
    ("calendar subscribe", "password_file", "Læs adgangskoden i denne fil; uden den spørges der"),
    (
        "calendar subscribe",
        "every",
        "Minutter mellem to gange, mens vinduet er åbent; 0 er kun på opfordring",
    ),
    ("calendar account", "address", "Serverens adresse"),
    ("calendar account", "user", "Navnet til at logge på med"),
    ("calendar account", "password_file", "Læs adgangskoden i denne fil; uden den spørges der"),
    ("calendar account", "calendars", "Kun kalenderen med dette navn; kan gives flere gange"),
    (
        "calendar account",
        "every",
        "Minutter mellem to gange, mens vinduet er åbent; 0 er kun på opfordring",
    ),
    ("calendar sync", "names", "Kun dem, der hedder sådan"),
    ("calendar conflicts", "name", "Kalenderens navn"),
    (
        "calendar conflicts",
        "keep",
        "Det, der skal gælde for dem alle: mine er det her, theirs serverens, both begge dele",
    ),
    ("calendar confirm", "name", "Kalenderens navn"),
    ("calendar confirm", "let_go", "Lad dem forsvinde begge steder; uden det kommer de tilbage"),
    ("export", "path", "En ny eller tom mappe"),
    ("export", "format", "Markdown-filer med felter øverst, eller ét JSON-dokument"),
    ("key add", "what", "Hvilken nøgle"),
    ("key remove", "what", "Hvilken nøgle"),
    ("key change", "what", "Hvilken nøgle"),
    ("key change", "new_passphrase_file", "Læs den nye adgangssætning i denne fil"),
    ("key change", "hash", "Hvor meget arbejde den nye adgangssætnings hash skal være"),
];

const TEMPLATE: &str = "\
{about-with-newline}
Brug: {usage}

{all-args}{after-help}";

/// The command line's definition with Danish texts in it.
#[must_use]
pub fn in_danish(command: Command) -> Command {
    translated(command.about(ABOUT).long_about(LONG_ABOUT), "").disable_help_subcommand(true)
}

fn translated(command: Command, path: &str) -> Command {
    let mut command = command
        .help_template(TEMPLATE)
        .subcommand_help_heading("Kommandoer")
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(
            clap::Arg::new("help")
                .short('h')
                .long("help")
                .action(clap::ArgAction::Help)
                .help("Vis hjælp"),
        )
        .mut_args(|argument| {
            let heading = if argument.is_positional() { "Argumenter" } else { "Tilvalg" };
            let argument = argument.help_heading(heading).hide_possible_values(false);
            match text(path, argument.get_id().as_str()) {
                Some(text) => argument.help(text).long_help(text),
                None => argument,
            }
        });
    if path.is_empty() {
        let version = clap::Arg::new("version")
            .short('V')
            .long("version")
            .action(clap::ArgAction::Version)
            .help("Vis versionen")
            .help_heading("Tilvalg");
        command = command.arg(version);
    }
    let names: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    for name in names {
        let path = if path.is_empty() { name.clone() } else { format!("{path} {name}") };
        command = command.mut_subcommand(&name, |sub| {
            let sub = match about(&path) {
                Some(about) => sub.about(about).long_about(about),
                None => sub,
            };
            translated(sub, &path)
        });
    }
    command
}

fn about(path: &str) -> Option<&'static str> {
    let mut all = COMMANDS.iter().chain(&help_network::COMMANDS);
    all.find(|(command, _)| *command == path).map(|(_, about)| *about)
}

fn text(path: &str, argument: &str) -> Option<&'static str> {
    let mut all = ARGUMENTS.iter().chain(&help_network::ARGUMENTS);
    let found = all.find(|(command, id, _)| *command == path && *id == argument);
    found.map(|(_, _, text)| *text)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::args::Cli;

    fn every(command: &Command, path: &str, missing: &mut Vec<String>, count: &mut usize) {
        for argument in command.get_arguments() {
            let id = argument.get_id().as_str();
            if !matches!(id, "help" | "version") {
                *count += 1;
                if text(path, id).is_none() {
                    missing.push(format!("{path} {id}"));
                }
            }
        }
        for sub in command.get_subcommands() {
            let path = if path.is_empty() {
                sub.get_name().to_owned()
            } else {
                format!("{path} {}", sub.get_name())
            };
            if about(&path).is_none() {
                missing.push(path.clone());
            }
            every(sub, &path, missing, count);
        }
    }

    #[test]
    fn every_command_and_every_option_is_explained_in_danish() {
        let (mut missing, mut count) = (Vec::new(), 0);
        every(&Cli::command(), "", &mut missing, &mut count);
        assert_eq!(missing, Vec::<String>::new());
        let all = ARGUMENTS.len() + help_network::ARGUMENTS.len();
        assert_eq!(count, all, "and none that is not there any more");
    }

    #[test]
    fn the_danish_help_is_danish_throughout() {
        let mut command = in_danish(Cli::command());
        let help = command.render_help().to_string();
        for english in ["Usage", "Commands", "Options", "Print help", "Answer with"] {
            assert!(!help.contains(english), "{english}: {help}");
        }
        assert!(help.contains("Kommandoer:") && help.contains("Tilvalg:"), "{help}");
    }

    #[test]
    fn a_command_line_means_the_same_in_either_language() {
        let line = ["fristed-cli", "search", "netværk", "--json", "--limit", "3"];
        let danish = in_danish(Cli::command()).try_get_matches_from(line).expect("understood");
        assert_eq!(danish.subcommand_name(), Some("search"));
        let (_, search) = danish.subcommand().expect("a command");
        assert_eq!(search.get_one::<u32>("limit"), Some(&3));
        in_danish(Cli::command()).debug_assert();
    }
}

//! `cargo xtask deb`: a Debian package with the window, the terminal program and their icons.

use std::fs;
use std::path::Path;

use crate::place;
use crate::setup::{self, For};
use crate::step::{cargo, output, program, run, timed};

/// How desktops start Fristed: with what it would otherwise start itself a second time for
/// (`harden` in the shell).
const DESKTOP: &str = include_str!("../../fristed.desktop");

/// Builds the package in release form and says where it is.
///
/// # Errors
/// When a build fails or `dpkg-deb` is missing.
pub fn build() -> Result<(), String> {
    setup::system(For::Running)?;
    setup::interface()?;
    timed("Building Fristed for release", || {
        run(&mut cargo(&["build", "--release", "-p", "fristed", "-p", "fristed-cli"]))
    })?;
    let architecture = output(&mut program("dpkg", ["--print-architecture"]))
        .ok_or("dpkg is missing: a Debian package is made on Debian or Ubuntu")?;
    let name = format!("fristed_{}_{}", env!("CARGO_PKG_VERSION"), architecture.trim());
    let tree = place::results().join("deb").join(&name);
    let package = place::results().join(format!("{name}.deb"));
    lay_out(&tree, architecture.trim()).map_err(|e| format!("{}: {e}", tree.display()))?;
    run(program("dpkg-deb", ["--root-owner-group", "--build"]).arg(&tree).arg(&package))?;
    println!("The package: {}", package.display());
    Ok(())
}

fn lay_out(tree: &Path, architecture: &str) -> std::io::Result<()> {
    if tree.exists() {
        fs::remove_dir_all(tree)?;
    }
    let root = place::root();
    let put = |from: &Path, to: &str| -> std::io::Result<()> {
        let to = tree.join(to);
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::copy(from, to)?;
        Ok(())
    };
    let release = place::target().join("release");
    put(&release.join("fristed"), "usr/bin/fristed")?;
    put(&release.join("fristed-cli"), "usr/bin/fristed-cli")?;
    put(&root.join("LICENSE"), "usr/share/doc/fristed/copyright")?;
    put(&root.join("CHANGELOG.md"), "usr/share/doc/fristed/CHANGELOG.md")?;
    put(&root.join("icons/fristed.svg"), "usr/share/icons/hicolor/scalable/apps/fristed.svg")?;
    for (size, file) in [
        ("32x32", "32x32.png"),
        ("128x128", "128x128.png"),
        ("256x256", "256x256.png"),
        ("512x512", "icon.png"),
    ] {
        put(
            &root.join("icons").join(file),
            &format!("usr/share/icons/hicolor/{size}/apps/fristed.png"),
        )?;
    }
    fs::create_dir_all(tree.join("usr/share/applications"))?;
    fs::write(tree.join("usr/share/applications/dk.fristed.app.desktop"), DESKTOP)?;
    fs::create_dir_all(tree.join("DEBIAN"))?;
    fs::write(tree.join("DEBIAN/control"), control(architecture))
}

fn control(architecture: &str) -> String {
    format!(
        "Package: fristed\nVersion: {}\nArchitecture: {architecture}\nMaintainer: Fristed\n\
         Section: editors\nPriority: optional\n\
         Depends: libwebkit2gtk-4.1-0, libgtk-3-0 | libgtk-3-0t64\n\
         Recommends: ca-certificates, gnome-keyring | kwalletmanager, hunspell-da\n\
         Description: encrypted reflection journal for leaders\n \
         A private place to write down and find again what leading taught you.\n \
         Every word lies encrypted on this computer and nothing is sent anywhere.\n",
        env!("CARGO_PKG_VERSION")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calendar_files_are_opened_by_the_program_that_says_it_takes_them() {
        let line = |name: &str| DESKTOP.lines().find_map(|line| line.strip_prefix(name));
        let starts = line("Exec=").expect("a command");
        assert!(starts.ends_with(" fristed %f"), "one file, as a path: {starts}");
        assert_eq!(line("MimeType="), Some("text/calendar;"));
        let bundle = include_str!("../../tauri.conf.json");
        assert!(bundle.contains(r#""mimeType": "text/calendar""#), "the bundle says the same");
    }

    #[test]
    fn the_control_file_has_what_debian_asks_for() {
        let control = control("amd64");
        for field in [
            "Package: fristed\n",
            "Version: ",
            "Architecture: amd64\n",
            "Depends: ",
            "Description: ",
        ] {
            assert!(control.contains(field), "{field}");
        }
        assert!(
            control
                .lines()
                .skip_while(|l| !l.starts_with("Description"))
                .skip(1)
                .all(|l| l.starts_with(' '))
        );
    }
}

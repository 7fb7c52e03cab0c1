//! The system's own dialogs, which no driver of pages reaches: they are answered by keys, as X
//! gives them (XTEST).

use std::process::Stdio;

use crate::computer::Computer;

/// Presses some keys in the program's one other window, and then Return until it is gone.
const ACCEPT: &str = r#"
import ctypes, sys, time
from ctypes import byref, c_char_p, c_int, c_uint, c_ulong, c_void_p, POINTER, Structure

class Attributes(Structure):
    _fields_ = [(n, c_int) for n in ("x", "y", "width", "height", "border", "depth")] + [
        ("visual", c_void_p), ("root", c_ulong), ("kind", c_int), ("bit", c_int), ("win", c_int),
        ("store", c_int), ("planes", c_ulong), ("pixel", c_ulong), ("under", c_int),
        ("map", c_ulong), ("installed", c_int), ("state", c_int), ("all", c_ulong),
        ("yours", c_ulong), ("not_passed", c_ulong), ("override", c_int), ("screen", c_void_p)]

X, T = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
X.XOpenDisplay.restype = c_void_p
X.XDefaultRootWindow.restype = c_ulong
display = c_void_p(X.XOpenDisplay(None))
root = X.XDefaultRootWindow(display)
# A window may go away while it is looked at.
handler = ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p)(lambda *_: 0)
X.XSetErrorHandler(handler)

def dialogs():
    parent, above, children, count = c_ulong(), c_ulong(), POINTER(c_ulong)(), c_uint()
    X.XQueryTree(display, c_ulong(root), byref(parent), byref(above), byref(children), byref(count))
    for window in children[:count.value]:
        name, seen = c_char_p(), Attributes()
        X.XFetchName(display, c_ulong(window), byref(name))
        X.XGetWindowAttributes(display, c_ulong(window), byref(seen))
        if seen.state == 2 and seen.width > 200 and not seen.override and name.value not in (None, b"Fristed"):
            yield window

def press(key):
    code = X.XKeysymToKeycode(display, c_ulong(key))
    for down in (1, 0):
        T.XTestFakeKeyEvent(display, c_uint(code), c_int(down), c_ulong(0))
    X.XFlush(display)

until, met = time.time() + 30, False
while time.time() < until:
    found = list(dialogs())
    if not found and met:
        sys.exit(0)
    for window in found:
        X.XSetInputFocus(display, c_ulong(window), c_int(2), c_ulong(0))
        X.XSync(display, c_int(0))
        time.sleep(1)
        for key in sys.argv[1:] if not met else []:
            press(int(key, 16))
            time.sleep(0.2)
        met = True
        press(0xFF0D)
    time.sleep(0.5)
sys.exit("a dialog stays" if met else "no dialog came")
"#;

/// Keys as X numbers them.
const TAB: &str = "ff09";
const DOWN: &str = "ff54";

/// Saves under the name that the dialog offers, which is open or about to open.
pub async fn save(computer: &Computer) {
    answer(computer, &[]).await;
}

/// Prints to the first printer of the dialog, which on a computer without any is a file.
pub async fn print(computer: &Computer) {
    answer(computer, &[TAB, DOWN]).await;
}

async fn answer(computer: &Computer, keys: &[&str]) {
    let mut python = computer.command("/usr/bin/python3");
    python.args(["-c", ACCEPT]).args(keys).stdin(Stdio::null());
    let done = tokio::task::spawn_blocking(move || python.output()).await;
    let done = done.expect("a thread").expect("python3");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

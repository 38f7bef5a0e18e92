//! Mounts the page. All of the program is in the library.

fn main() {
    sourcier::web::start();
}

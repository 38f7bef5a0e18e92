// The worker of the formats. The page first sends it where the program is: the addresses of its script and
// its wasm, and of the parts of it that a worker needs beside; in sourcier.html, which has the script in this
// one, the bytes. Messages that come before the program listens are kept by the page, which waits for "ready".
// `cargo xtask dist` puts the module here in place of its import.
import { unzipSync, Zip, ZipDeflate } from "./fflate.js";

// ZIP, for the wasm (`exchange/src/main.rs`).
self.sourcierZip = {
  // An archive that is made file by file. The same files give the same bytes: the time of each is the
  // first that a ZIP can hold.
  pack() {
    const parts = [];
    let failure;
    const zip = new Zip((error, part) => {
      failure ||= error;
      parts.push(part);
    });
    return {
      add(path, bytes) {
        const file = new ZipDeflate(path, { level: 6 });
        file.mtime = new Date(1980, 0, 1);
        zip.add(file);
        file.push(bytes, true);
      },
      finish() {
        zip.end();
        if (failure) throw failure;
        const archive = new Uint8Array(parts.reduce((len, part) => len + part.length, 0));
        parts.reduce((place, part) => {
          archive.set(part, place);
          return place + part.length;
        }, 0);
        return archive;
      },
    };
  },

  // `[path, bytes, path, bytes, …]`. What the archive says of its sizes is what is set aside for a file,
  // whatever it unpacks to; from the first that goes beyond the limits on, files are left out, and so is
  // a second one with a name, and one that no object can have. Then the list ends with `null`.
  unpack(archive, countMax, bytesMax) {
    const names = new Set();
    let bytes = 0;
    let isCut = false;
    const filter = ({ name, originalSize }) => {
      bytes += originalSize;
      const isTaken = names.size < countMax && bytes <= bytesMax && !names.has(name) && name !== "__proto__";
      names.add(name);
      isCut ||= !isTaken;
      return isTaken;
    };
    const files = Object.entries(unzipSync(archive, { filter })).flat();
    return isCut ? [...files, null] : files;
  },
};

onmessage = async ({ data: { script, wasm, parts } }) => {
  onmessage = null;
  // The program asks for its other parts (`xtask/src/split.rs`). While Trunk serves it is whole.
  self.sourcierPart = async (_name, shared) => {
    try {
      for (const part of parts) {
        const bytes = typeof part === "string" ? await (await fetch(part)).arrayBuffer() : part;
        await WebAssembly.instantiate(bytes, { __wasm_split: shared });
      }
    } catch (error) {
      fail(error);
      await new Promise(() => {}); // The page ends this worker: the program need not know.
    }
  };
  try {
    const init = self.sourcierInit ?? (await import(script)).default;
    await init({ module_or_path: wasm });
  } catch (error) {
    fail(error);
  }
};

// An error that the page hears of.
const fail = (error) => {
  setTimeout(() => {
    throw error;
  });
};

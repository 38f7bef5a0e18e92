//! The line in which everything is stored: a checksum, and what it is the checksum of.
//!
//! The checksum is CRC-32 (IEEE 802.3, as in ZIP and PNG): unlike FNV it finds every damage of up
//! to 32 bits in a row for certain, and anyone can check a line with common tools. It is written
//! out here because it is ten lines; a crate would bring code for processors that wasm is not.

/// `body` behind its checksum.
pub fn seal(body: &str) -> String {
    let mut sealing = Sealing::default();
    sealing.push(body);
    sealing.finish()
}

/// A line that is written piece by piece.
#[derive(Clone, Debug)]
pub struct Sealing {
    /// The checksum's place, and what was written behind it.
    line: String,
    /// Of what was written, not yet inverted.
    crc: u32,
}

const CHECKSUM_LEN: usize = 8;

impl Default for Sealing {
    fn default() -> Sealing {
        Sealing { line: " ".repeat(CHECKSUM_LEN + 1), crc: !0 }
    }
}

impl Sealing {
    pub fn push(&mut self, piece: &str) {
        self.crc = crc32_on(self.crc, piece.as_bytes());
        self.line.push_str(piece);
    }

    /// All that was written, behind its checksum.
    pub fn finish(mut self) -> String {
        self.line.replace_range(..CHECKSUM_LEN, &format!("{:08x}", !self.crc));
        self.line
    }
}

/// What [`seal`] was given; `None` where a byte of it or of the checksum is not as it was.
pub fn unseal(line: &str) -> Option<&str> {
    let (checksum, body) = line.split_once(' ')?;
    (checksum == format!("{:08x}", crc32(body.as_bytes()))).then_some(body)
}

fn crc32(bytes: &[u8]) -> u32 {
    !crc32_on(!0, bytes)
}

/// The checksum of some bytes and of those that led to `crc`, neither of them inverted.
fn crc32_on(crc: u32, bytes: &[u8]) -> u32 {
    // For half a byte at a time: one for bytes would be a kilobyte of the page.
    const TABLE: [u32; 16] = table();
    let half = |crc: u32| (crc >> 4) ^ TABLE[(crc & 0xF) as usize];
    bytes.iter().fold(crc, |crc, byte| half(half(crc ^ u32::from(*byte))))
}

const fn table() -> [u32; 16] {
    let mut table = [0; 16];
    let mut idx = 0;
    while idx < 16 {
        let mut crc = idx as u32;
        let mut bit = 0;
        while bit < 4 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 };
            bit += 1;
        }
        table[idx] = crc;
        idx += 1;
    }
    table
}

#[cfg(test)]
mod tests;

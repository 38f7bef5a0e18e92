//! The colours that marks are drawn in, derived from the schema's one colour per label.
//!
//! A schema says `#RRGGBB` and nothing of themes. Here its lightness is squeezed into the band
//! that a fill or a line may have in a theme, in Oklab (Ottosson 2020), so that hues stay, darker
//! labels stay darker than lighter ones, and no two become one. Contrast is that of WCAG 2.2, and
//! holds for every colour: see [`mark_colors`].

pub mod offer;

pub mod vision;

use crate::model::schema::Family;

/// Which page the marks lie on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Theme {
    Light,
    Dark,
}

/// The colours of one label in one theme: CSS colours `#rrggbb`, opaque.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MarkColors {
    /// A tint for text to lie on. The full tint of a statement; fainter for the other families,
    /// where it is for chips and the chosen mark.
    pub fill: String,
    /// For underlines, boxes and the edges of tints.
    pub line: String,
}

/// Red, green and blue, each from 0 to 1, as encoded in sRGB.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rgb {
    pub red: f64,
    pub green: f64,
    pub blue: f64,
}

/// The colours of marks whose label has the schema's colour `color`.
///
/// Text in the theme's ink has at least 4.5 : 1 on `fill`; `line` has at least 3 : 1 against the
/// page and against every fill of the same theme, so lines may lie on tints. A `color` that is
/// not `#RRGGBB` counts as grey.
pub fn mark_colors(color: &str, family: Family, theme: Theme) -> MarkColors {
    const GREY: Rgb = Rgb { red: 0.5, green: 0.5, blue: 0.5 };
    let oklab = Oklab::from_rgb(Rgb::parse(color).unwrap_or(GREY));
    let palette = theme.palette();
    let fill_band = match family {
        Family::Tint => &palette.tint,
        Family::Box | Family::Underline => &palette.faint,
    };
    let fill = oklab.squeezed(fill_band, |fill| contrast(fill, palette.paper) <= palette.fill_contrast_max);
    let line =
        oklab.squeezed(&palette.line, |line| contrast(line, palette.paper) >= palette.line_contrast_min);
    MarkColors { fill: fill.to_css(), line: line.to_css() }
}

/// The contrast ratio of two colours, from 1 to 21, in either order: WCAG 2.2, "contrast ratio"
/// (<https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>).
pub fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// From 0 for black to 1 for white: WCAG 2.2, "relative luminance".
pub fn luminance(color: Rgb) -> f64 {
    let [red, green, blue] = color.to_linear();
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

impl Theme {
    /// The page.
    pub fn paper(self) -> Rgb {
        self.palette().paper
    }

    /// The text on it.
    pub fn ink(self) -> Rgb {
        self.palette().ink
    }

    fn palette(self) -> &'static Palette {
        match self {
            Theme::Light => &LIGHT,
            Theme::Dark => &DARK,
        }
    }
}

/// Where a kind of drawing colour may lie.
struct Band {
    /// Oklab lightness of the darkest and the lightest, from 0 to 1.
    lightness: (f64, f64),
    /// By what the chroma is multiplied.
    chroma: f64,
    /// The way out where the band breaks a limit of contrast, per step.
    lightness_step: f64,
}

struct Palette {
    paper: Rgb,
    ink: Rgb,
    tint: Band,
    faint: Band,
    line: Band,
    /// Against the paper. `line_contrast_min` is three times as much, which makes lines 3 : 1 on
    /// any fill.
    fill_contrast_max: f64,
    line_contrast_min: f64,
}

const LIGHT: Palette = Palette {
    paper: Rgb::from_bytes([0xfb, 0xfa, 0xf7]),
    ink: Rgb::from_bytes([0x1d, 0x1c, 0x1a]),
    tint: Band { lightness: (0.84, 0.95), chroma: 0.6, lightness_step: 0.004 },
    faint: Band { lightness: (0.92, 0.96), chroma: 0.3, lightness_step: 0.004 },
    line: Band { lightness: (0.32, 0.58), chroma: 1.0, lightness_step: -0.004 },
    fill_contrast_max: 1.4,
    line_contrast_min: 4.2,
};

const DARK: Palette = Palette {
    paper: Rgb::from_bytes([0x17, 0x16, 0x14]),
    ink: Rgb::from_bytes([0xec, 0xe8, 0xdf]),
    tint: Band { lightness: (0.27, 0.43), chroma: 0.75, lightness_step: -0.004 },
    faint: Band { lightness: (0.25, 0.33), chroma: 0.4, lightness_step: -0.004 },
    line: Band { lightness: (0.66, 0.93), chroma: 1.0, lightness_step: 0.004 },
    fill_contrast_max: 2.1,
    line_contrast_min: 6.3,
};

impl Rgb {
    /// Reads `#RRGGBB`.
    pub fn parse(text: &str) -> Option<Rgb> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
        Some(Rgb::from_bytes([red, green, blue]))
    }

    const fn from_bytes(bytes: [u8; 3]) -> Rgb {
        let [red, green, blue] = bytes;
        Rgb { red: red as f64 / 255.0, green: green as f64 / 255.0, blue: blue as f64 / 255.0 }
    }

    fn to_bytes(self) -> [u8; 3] {
        [self.red, self.green, self.blue].map(|channel| (channel.clamp(0.0, 1.0) * 255.0).round() as u8)
    }

    /// `#rrggbb`.
    pub fn to_css(self) -> String {
        let [red, green, blue] = self.to_bytes();
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    /// As linear light: IEC 61966-2-1.
    fn to_linear(self) -> [f64; 3] {
        [self.red, self.green, self.blue].map(|channel| {
            if channel <= 0.04045 { channel / 12.92 } else { gamma((channel + 0.055) / 1.055) }
        })
    }

    fn from_linear(linear: [f64; 3]) -> Rgb {
        let [red, green, blue] = linear.map(|channel| {
            let channel = channel.clamp(0.0, 1.0);
            if channel <= 0.003_130_8 { channel * 12.92 } else { 1.055 * root(channel, 12).powi(5) - 0.055 }
        });
        Rgb { red, green, blue }
    }
}

/// A colour in Oklab: lightness from 0 to 1, and two axes of hue and chroma. Björn Ottosson, "A
/// perceptual color space for image processing", 2020 (<https://bottosson.github.io/posts/oklab/>).
#[derive(Clone, Copy)]
struct Oklab {
    lightness: f64,
    green_red: f64,
    blue_yellow: f64,
}

impl Oklab {
    fn from_rgb(color: Rgb) -> Oklab {
        const TO_CONES: [[f64; 3]; 3] = [
            [0.4122214708, 0.5363325363, 0.0514459929],
            [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ];
        const FROM_CONES: [[f64; 3]; 3] = [
            [0.2104542553, 0.7936177850, -0.0040720468],
            [1.9779984951, -2.4285922050, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.8086757660],
        ];
        let cones = times(&TO_CONES, color.to_linear()).map(|cone| root(cone, 3));
        let [lightness, green_red, blue_yellow] = times(&FROM_CONES, cones);
        Oklab { lightness, green_red, blue_yellow }
    }

    /// In linear light; a channel outside 0 to 1 means that no screen shows the colour.
    fn to_linear(self) -> [f64; 3] {
        const TO_CONES: [[f64; 3]; 3] = [
            [1.0, 0.3963377774, 0.2158037573],
            [1.0, -0.1055613458, -0.0638541728],
            [1.0, -0.0894841775, -1.2914855480],
        ];
        const FROM_CONES: [[f64; 3]; 3] = [
            [4.0767416621, -3.3077115913, 0.2309699292],
            [-1.2684380046, 2.6097574011, -0.3413193965],
            [-0.0041960863, -0.7034186147, 1.7076147010],
        ];
        let cones = times(&TO_CONES, [self.lightness, self.green_red, self.blue_yellow]);
        times(&FROM_CONES, cones.map(|cone| cone * cone * cone))
    }

    /// The colour with its lightness squeezed into a band, then moved on until the limit is kept.
    fn squeezed(self, band: &Band, is_within_limit: impl Fn(Rgb) -> bool) -> Rgb {
        /// The lightnesses that schemas use; what lies outside counts as the nearer end.
        const SCHEMA_LIGHTNESS: (f64, f64) = (0.5, 0.9);
        let (from, to) = SCHEMA_LIGHTNESS;
        let part = ((self.lightness - from) / (to - from)).clamp(0.0, 1.0);
        let (darkest, lightest) = band.lightness;
        let mut color = Oklab {
            lightness: darkest + (lightest - darkest) * part,
            green_red: self.green_red * band.chroma,
            blue_yellow: self.blue_yellow * band.chroma,
        };
        loop {
            let shown = color.shown();
            let is_at_end = !(0.0..=1.0).contains(&color.lightness);
            if is_within_limit(shown) || is_at_end {
                return shown;
            }
            color.lightness += band.lightness_step;
        }
    }

    /// The nearest colour of this lightness and hue that a screen shows, in whole bytes.
    fn shown(self) -> Rgb {
        const TOLERANCE: f64 = 0.000_1;
        const CHROMA_STEP_COUNT: u32 = 32;
        let mut linear = self.to_linear();
        for step in (0..CHROMA_STEP_COUNT).rev() {
            if linear.iter().all(|channel| (-TOLERANCE..=1.0 + TOLERANCE).contains(channel)) {
                break;
            }
            let part = f64::from(step) / f64::from(CHROMA_STEP_COUNT);
            let paler =
                Oklab { green_red: self.green_red * part, blue_yellow: self.blue_yellow * part, ..self };
            linear = paler.to_linear();
        }
        Rgb::from_bytes(Rgb::from_linear(linear).to_bytes())
    }
}

/// To the power of 2.4, from 0 up.
fn gamma(number: f64) -> f64 {
    number.powi(2) * root(number, 5).powi(2)
}

/// The root of a number from 0 up, by Newton's method; of others 0. The page has no other use for
/// `powf` and `cbrt`, which weigh 2 kB.
fn root(number: f64, degree: i32) -> f64 {
    const ROUNDS_MAX: usize = 200;
    if number <= 0.0 {
        return 0.0;
    }
    let mut root = number.max(1.0);
    for _ in 0..ROUNDS_MAX {
        let step = (root - number / root.powi(degree - 1)) / f64::from(degree);
        root -= step;
        if step.abs() <= root * f64::EPSILON {
            break;
        }
    }
    root
}

fn times(matrix: &[[f64; 3]; 3], vector: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row[0] * vector[0] + row[1] * vector[1] + row[2] * vector[2])
}

#[cfg(test)]
mod tests;

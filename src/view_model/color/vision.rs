//! How far apart two colours are, for every common kind of colour vision.
//!
//! The kinds are those of Machado, Oliveira and Fernandes, "A Physiologically-based Model for
//! Simulation of Color Vision Deficiency", IEEE TVCG 15(6), 2009, at severity 1.0; their matrices
//! apply to linear light. The difference is ΔE*ab of CIE 1976 under D65: about 2.3 is just noticed.

use crate::view_model::color::{Rgb, root, times};

/// A kind of colour vision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vision {
    Common,
    Protanopia,
    Deuteranopia,
    Tritanopia,
}

/// CIELAB under D65 of a colour as each kind of vision sees it.
pub(super) type Seen = [[f64; 3]; 4];

const VISIONS: [(Vision, [[f64; 3]; 3]); 4] = [
    (Vision::Common, [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        Vision::Protanopia,
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    ),
    (
        Vision::Deuteranopia,
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    ),
    (
        Vision::Tritanopia,
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
    ),
];

/// The smallest difference of two colours over the kinds of vision, and whose it is.
pub fn difference(one: Rgb, other: Rgb) -> (f64, Vision) {
    difference_seen(&seen(one), &seen(other))
}

pub(super) fn difference_seen(one: &Seen, other: &Seen) -> (f64, Vision) {
    let mut least = (f64::INFINITY, Vision::Common);
    for (one, (other, vision)) in one.iter().zip(other.iter().zip(VISIONS)) {
        let squares: f64 = one.iter().zip(other).map(|(one, other)| (one - other) * (one - other)).sum();
        if squares.sqrt() < least.0 {
            least = (squares.sqrt(), vision.0);
        }
    }
    least
}

pub(super) fn seen(color: Rgb) -> Seen {
    const TO_XYZ: [[f64; 3]; 3] = [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ];
    let linear = color.to_linear();
    VISIONS.map(|(_, vision)| {
        let seen = times(&vision, linear).map(|channel| channel.clamp(0.0, 1.0));
        let [x, y, z] = times(&TO_XYZ, seen);
        let [x, y, z] = [x / 0.95047, y, z / 1.08883].map(|ratio: f64| {
            if ratio > 216.0 / 24389.0 { root(ratio, 3) } else { (24389.0 / 27.0 * ratio + 16.0) / 116.0 }
        });
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    })
}

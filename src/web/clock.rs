//! What the plain half gets from outside: time and randomness.

/// Milliseconds since 1970 in UTC.
pub fn now_ms() -> u64 {
    js_sys::Date::now().max(0.0) as u64
}

/// 64 random bits, as good as `Math.random` gives them, mixed with the time.
pub fn seed() -> u64 {
    let high = (js_sys::Math::random() * 4_294_967_296.0) as u64;
    let low = (js_sys::Math::random() * 4_294_967_296.0) as u64;
    (high << 32 | low) ^ now_ms().rotate_left(17)
}

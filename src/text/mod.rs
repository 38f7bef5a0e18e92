//! The article as text. Knows nothing of annotation.

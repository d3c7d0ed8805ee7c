//! HTTP around [`crate::handle()`].

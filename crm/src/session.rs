//! This device: its workspace, who sits at it, how it looks.

pub mod view;

//! What a developer runs. The commands live in the program; this library holds what tests and benchmarks
//! share with it: the generator of a dirty, realistic centre.

pub mod centre;

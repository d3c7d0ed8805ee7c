//! Several devices, a relay and a virtual clock in one process.

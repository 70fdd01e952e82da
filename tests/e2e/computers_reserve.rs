//! computers_reserve

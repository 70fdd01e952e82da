//! computers_list

//! computers_list_formats

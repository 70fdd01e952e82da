//! computers_list_pages

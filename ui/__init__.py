"""The window: pages, forms and table models. Never imports SQL, PDF or crypto libraries."""

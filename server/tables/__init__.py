"""Reading real files: what people have in CSV, XLS and XLSX, as rows of text with their numbers."""

"""Official papers, laid out by NĐ 30/2020/NĐ-CP: said once as blocks, written as Word and PDF."""

"""导入表格: earlier registers and rosters, matched, checked and confirmed step by step."""

"""How big a file may be. Far above what a company of a million people needs, far below what stops the machine."""

MIB = 1024 * 1024

TEXT_BYTES = 256 * MIB
WORKBOOK_BYTES = 50 * MIB
UNPACKED_BYTES = 400 * MIB
SHARED_TEXT_CHARACTERS = 120 * MIB
# Deflate reaches 1000 : 1 on nonsense; sheets of real companies stay below 60 : 1.
RATIO = 150
RATIO_FROM_BYTES = 8 * MIB
ARCHIVE_ENTRIES = 1_000
DIRECTORY_BYTES = MIB
SHEETS = 100
ROWS = 1_048_576
TEXT_ROWS = 5_000_000
# Rows times columns, blank ones included.
TEXT_CELLS = 30_000_000
TEXT_LINE_BYTES = MIB
COLUMNS = 300
# Excel's own limit for one cell.
CELL_CHARACTERS = 32_767
TABLE_CHARACTERS = 300 * MIB
# The header stands in one of the first rows; titles and notes may stand above it.
HEADER_ROWS = 10

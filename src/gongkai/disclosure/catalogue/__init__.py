"""The standard catalogue of grass-roots openness (基层政务公开标准目录): what an agency must publish, row by row.

`models` the rows, `actions` what is done to them, `reading` and `writing` the State's spreadsheet with merged cells,
`planning` what a spreadsheet would do, `coverage` which rows are current, late or empty.
"""

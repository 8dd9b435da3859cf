#!/usr/bin/env python3
"""Makes the Parquet files of this folder, with the writer that Hugging Face's datasets.to_parquet calls.

    pip install pyarrow==25.0.1
    python3 make.py          (writes beside itself; the same bytes every time)

ParquetNotesTest repeats what the files hold; keep the two alike.
"""
import decimal
import os

import pyarrow as pa
import pyarrow.parquet as pq

HERE = os.path.dirname(os.path.abspath(__file__))
GROUPS = ["p1", "p2", None, "p1", "p\u00e9"]
TEXTS = ["Seen today.\n\nNo acute distress.", "\u00dcbel, \u6c34 and \U0001f40b.", "Slept well.", None, "Slept well."]


def write(name, table, **options):
    pq.write_table(table, os.path.join(HERE, name + ".parquet"), **options)


def notes(text=pa.string(), group=pa.string()):
    return pa.table({"group": pa.array(GROUPS, group), "text": pa.array(TEXTS, text)})


def many(count=120):
    """Notes that differ, so that there is something to unpack."""
    return pa.table({"text": ["Note %d. %s" % (row, "Stable. " * (row % 7)) for row in range(count)],
                     "group": pa.array([row // 4 for row in range(count)], pa.int64())})


# The same notes in all the ways to pack and to encode them.
write("snappy", notes())
write("zstd", notes(), compression="zstd")
write("gzip", notes(), compression="gzip")
write("lz4", notes(), compression="lz4")
write("uncompressed", notes(), compression="none", use_dictionary=False)
write("pages-v2", notes(), data_page_version="2.0", compression="zstd")
write("delta", notes(), use_dictionary=False, column_encoding={"group": "DELTA_BYTE_ARRAY", "text": "DELTA_LENGTH_BYTE_ARRAY"},
      data_page_version="2.0")
write("delta-v1", notes(), use_dictionary=False, column_encoding={"group": "PLAIN", "text": "DELTA_BYTE_ARRAY"})
write("large-string", notes(pa.large_string(), pa.large_string()))
write("string-view", notes(pa.string_view(), pa.string_view()))
write("categories", pa.table({"group": pa.array(GROUPS).dictionary_encode(), "text": pa.array(TEXTS).dictionary_encode()}))
write("checksums", notes(), write_page_checksum=True)
write("page-index", notes(), write_page_index=True, store_schema=False)
write("dictionary-then-plain", notes(), dictionary_pagesize_limit=1, data_page_size=1, write_batch_size=2)
write("brotli", notes(), compression="brotli")

# Shapes.
write("groups", many(), row_group_size=50, data_page_size=256, write_batch_size=8)
for codec in ("zstd", "gzip", "lz4"):
    write("groups-" + codec, many(), row_group_size=50, compression=codec)
write("integers", pa.table({"text": ["a", "b", "c"], "group": pa.array([2**53 + 1, -7, None], pa.int64())}))
write("integers-32", pa.table({"text": ["a", "b", "c"], "group": pa.array([12, -7, None], pa.int32())}))
write("integers-unsigned", pa.table({"text": ["a", "b"], "group": pa.array([2**64 - 1, 0], pa.uint64())}))
write("integers-small", pa.table({"text": ["a", "b"], "group": pa.array([-128, 127], pa.int8())}))
write("no-group", pa.table({"text": ["a", "b"]}))
write("no-text", pa.table({"group": ["a"], "note": ["b"]}))
write("no-rows", notes().slice(0, 0))
write("no-patients", pa.table({"text": ["a", "b"], "group": pa.nulls(2)}))
write("all-null", pa.table({"group": pa.array([None, None], pa.string()), "text": pa.array([None, None], pa.string())}), data_page_version="2.0")
write("required", pa.table({"group": ["p", "q"], "text": ["a", "b"]},
                           pa.schema([pa.field("group", pa.string(), False), pa.field("text", pa.string(), False)])))
write("other-names", pa.table({"who": ["p"], "note": ["hello"]}))
write("nested", pa.table({
    "tags": pa.array([["x", "y"], [], None], pa.list_(pa.string())),
    "group": ["p", "q", "r"],
    "visit": pa.array([{"text": "inner", "codes": [1, 2], "when": {"day": 3}}] * 3),
    "text": ["a", "b", "c"],
    "scores": pa.array([[("k", 1.5)]] * 3, pa.map_(pa.string(), pa.float64())),
}))
write("bad-rows", pa.table({"group": pa.array(["p", "q", " ", "r", "s", None]), "text": ["one", None, "three", "four\0", "five", "six"]}))
write("twice", pa.Table.from_arrays([pa.array(["a"]), pa.array(["b"])], names=["text", "text"]))

# Arrow writes bytes as a string without a look at them.
latin = pa.array([b"caf\xe9", b"fine"], pa.binary())
write("not-utf-8", pa.table({"text": pa.Array.from_buffers(pa.string(), 2, latin.buffers())}))

# Columns of other types.
write("text-integer", pa.table({"text": pa.array([1], pa.int64())}))
write("text-binary", pa.table({"text": pa.array([b"a"], pa.binary())}))
write("text-nested", pa.table({"text": [["a"]]}))
write("group-double", pa.table({"text": ["a"], "group": [1.0]}))
write("group-date", pa.table({"text": ["a"], "group": pa.array([1], pa.date32())}))

# Patients that are numbers of other types, as pandas makes them of integers with gaps and databases of NUMERIC.
write("group-doubles", pa.table({"text": ["a", "b", "c", "d", "e", "f"], "group": [7.0, None, 7.5, float("nan"), 2.0**53, -0.0]}))
write("group-floats", pa.table({"text": ["a", "b"], "group": pa.array([10006.0, 16777216.0], pa.float32())}))
for name, digits in (("decimals-32", 9), ("decimals-64", 18), ("decimals-fixed", 30)):
    group = pa.array([decimal.Decimal(value) if value else None for value in ("7.00", "-10006.00", None, "7.50", "0.00", "1200.00")],
                     pa.decimal128(digits, 2))
    write(name, pa.table({"text": list("abcdef"), "group": group}), store_decimal_as_integer=digits < 19)
write("decimals-256", pa.table({"text": ["a"], "group": pa.array([decimal.Decimal(10**70)], pa.decimal256(76, 0))}))
write("group-boolean", pa.table({"text": ["a"], "group": [True]}))
write("bytes", pa.table({"text": pa.array(["\u00dcbel.".encode(), b"caf\xe9"], pa.binary()), "group": pa.array([b"p", b"q"], pa.binary())}))

# Names, and what else a row says.
write("mimic", pa.table({"ROW_ID": [1], "subject_id": [10006], "Text": ["a"]}))
write("two-patients", pa.table({"subject_id": [1], "SUBJECT_ID": [2], "text": ["a"]}))
write("many-columns", pa.table({"x" * 50 if column == 0 else "column%d" % column: [column] for column in range(13)}))
write("labels", pa.table({
    "text": ["a", "b"], "group": ["p", "q"], "CATEGORY": ["Nursing", None], "N": pa.array([2, 3], pa.int32()), "D": [2.0, 0.25],
    "ISERROR": [True, False], "PRICE": pa.array([decimal.Decimal("1.50"), decimal.Decimal("2.00")]),
    "KIND": pa.array(["x", "y"]).dictionary_encode(), "DAY": pa.array([1, 2], pa.date32())}), row_group_size=1)
write("groups-brotli", many(), row_group_size=50, compression="brotli")

"""Who is who, on a file of records.   python -m tests.bench.identity --records IN.tsv --out OUT.tsv"""

"""The demo commune: the plan of Ngọc Phụng for 2025 with a generated sample population.

Modelled as a commune of its own, 'Xã Ngọc Phụng (mẫu)', beside the official xã Thường Xuân in
which the real one was merged on 1/7/2025: so the plan's 8,060 people stand where the plan has
them, and no number of the demo ever mixes with those of an official commune. Its seven villages,
their targets and deadlines are as printed (server/data/ngoc_phung_2025.csv). No person in it
exists: every household has a code that begins with MẪU and a note that says so, and the database
carries a flag for the banner."""

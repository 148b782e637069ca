"""A workbook as Excel 2003 kept it: a title row, a heading, two people. A day, a number that lost
its zero, a year alone. Written once by LibreOffice; nothing we run can write this format."""

import base64
import zlib

_PACKED = (
    "eNrtWF9Mm1UUP/drKV+BQcuGTpi1m27AgAXEKEYnDJiyRMVsOM1C4rpSoK60pFQzTKadcy9mSzR7cA9LzBLMTEx0xk"
    "QTZyLEBxfnoj7sQeOSsqfhfKhGsywR6u+c77YULIayafzT05zv3nvuPffce+45557br79yJ069Xz1Ni+ABstFcykmO"
    "LJoCOtMNF5GhaXOpVCpNThXgXwWzuuQztOP8ioB85sVAU59tiS4L8N+DnRTBL0Ze2k5hlFEap3zgFlhM9nzL4Zlb5r"
    "jlQkH+yuVz/OY4bgPm8n+O9+z/pcAy4CpgObDCugLIDawErgauAVaJTRDdClwLvA1YDawBrgPeDvQA79DrWK9LxrtQ"
    "3wjcpGl1KOsLsecvBaeJU3QU0dlVX/KRy9lPwyLO2KfELi4D+2mUbaPLF/J7/y7olDX4FK9hEka6FTVFJ0Etp/eE+o"
    "l8t4r1ATrI26Yt+mmjQ9Z+TL4b5FtOzP+R8HwnlBbY4fdi5a+JEygqVl3koxAFaR/iYBAjqukc+9dLMoK9Q22THh51"
    "I70eexlNsI89EggHor6Qx+6mt9i/xgH9TSMj/U0DAwlxqAn6NeXNct5JL9N5TqH/sjy6kSed/nf0Cegul54brPHJxf"
    "T6JeiNS9A3L0F35qQTzEHWY5+nHzfQiFOKS1fcJqU77pCyMm6XcnW8WMo18aLUXjH2IwjReziqQ1K3LzzsHZv2Dx/F"
    "vAq/KWUCifqOKbpKeziqJ3eKOEeSozeLT2f52dhKpUn2u0/hPSYdUrglzEnVgW8HeX5yWfeECXs2cQ+Y13BV/EafyX"
    "1iyr2guuEGYRrGDscQbvxSC9MQnVGXPEHUY6D4aAS1IXEZJ6keuuDx0vOUkO4fMBxSHx9KjHvHguHhMlK76BsMcKvz"
    "HmvmAS2jiFQfXUNXiD73lBKc/LSHZ+6EZC/1YcSMx49LTu2moCacx+ge5EU+9snm1raWttbm5nta725JYZxJMbt1Gf"
    "rNKuC8zVTp0uAb04qsrgWRtQzaHICWORa5RbMuTNfUte7q5Xur258RepzmZ9zIR06N6hB6puybhaNBvi/L2PSNe1ho"
    "r8h3U4b/SnttVr0uU0+212fVTyFCOrEqEoswIK1RrS1zHJ7am2hPl4qeRI9JB2XbpF41K/ROy0mbif6ahktH4UYr7q"
    "kKoSnpX0gzctBskovM02Yl+7DyDZKWkpbKtJToM90y0LJlWja07LplCB97wotGiWivij7+AmMMvhsMkTARPHh2fafV"
    "z7ydyuK1Ca9D89pE5pwn3ce8fMQ/0hO8lmSPda5JU3sLLwGrSjbLLPZkndCdSVeO3MygEuFjHl7rQ0YlfeiwLjiiB+"
    "WcOIuydpkWABiCqw2Z2ROpdD5Y8ie5oEJ2ZSuxckiXaVihxup6mHO2x4L+aGQsMhjzbj/gD4S899/X1OfbFwiFAqKO"
    "zuDgYNuN5K7KCjArhrkUyannmJcSR978+XrvsOud101qqP3gW9b/CZ3bKq1Rto4enef2a10N63w3pnPeuM57j+pceW"
    "bWymGZJzIaCI+OHwiRzmu5v1nPnYY/1KM1M6dfuKSy6zd7/0wxLl64eHJLjev4G9h/4/V3uzkLWUTr13l6OrK7svb4"
    "qH4XMHh1f5vu78h6O7Cuto2O7g5Ex4KR8EIdsX5bt7RQAf6ZcDPf/2I/i2JILh62qbgOSk9BepT2I+PmdezPe/2VEr"
    "stO0vl8a6+UpyOE12QO4IXTi/W8OyK5Nuy3uDL4WFf2pGJU73ISwIrPj++qfJ9/2/Qb3V5ldAueg77H0Guw2e/A1Yw"
    "KGfClBgyoggoS0Odll+Uh/7vBJ7LyO+GBL+sISAWmN962law/1rg24X/fwR+B+t6MgY="
)
OLD_WORKBOOK = zlib.decompress(base64.b64decode(_PACKED))

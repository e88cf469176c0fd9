# Writes form_fingerprint.hpp: a digest of what decides how a compiled form looks. Run as a script with
# -DOUT=<header> -DFILES=<file;file…>, which must be sorted.
set(digests "")
foreach(file IN LISTS FILES)
  file(SHA256 ${file} digest)
  string(APPEND digests ${digest})
endforeach()
string(SHA256 fingerprint "${digests}")
file(WRITE ${OUT} "#pragma once\n\n/// Of the sources that compile forms: an image of other sources is made anew.\n"
  "inline constexpr char kFormFingerprint[] = \"${fingerprint}\";\n")

# Makes page.cpp's constants out of script, style and markup: each is named by its hash, as the
# page's policy wants it. Called with SCRIPT, STYLE, MARKUP and OUTPUT.

# The SHA-256 of a file in base64, as policies write it.
function(hash_of file result)
  file(SHA256 ${file} hex)
  set(digits ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/)
  set(base64 "")
  foreach(at RANGE 0 60 6)
    string(SUBSTRING ${hex}0000 ${at} 6 three_bytes)
    math(EXPR bits "0x${three_bytes}")
    foreach(shift 18 12 6 0)
      math(EXPR digit "(${bits} >> ${shift}) & 63")
      string(SUBSTRING ${digits} ${digit} 1 letter)
      string(APPEND base64 ${letter})
    endforeach()
  endforeach()
  # 32 bytes make 43 digits; the 44th has nothing in it.
  string(SUBSTRING ${base64} 0 43 base64)
  set(${result} "sha256-${base64}=" PARENT_SCOPE)
endfunction()

hash_of(${SCRIPT} script_hash)
hash_of(${STYLE} style_hash)
file(READ ${MARKUP} page)
file(READ ${SCRIPT} script)
file(READ ${STYLE} style)
string(REPLACE "{data}" ")page\";\n}\n\nstd::string_view page_end() {\n  return R\"page(" page "${page}")
string(REPLACE "{script-hash}" "${script_hash}" page "${page}")
string(REPLACE "{style-hash}" "${style_hash}" page "${page}")
string(REPLACE "{style}" "${style}" page "${page}")
string(REPLACE "{script}" "${script}" page "${page}")
file(WRITE ${OUTPUT} "// Made by bundle.cmake out of web/.

#include \"page/page.h\"

namespace tierline {

std::string_view page_begin() {
  return R\"page(${page})page\";
}

}  // namespace tierline
")

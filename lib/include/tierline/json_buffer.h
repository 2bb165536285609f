#pragma once
// Where JSON is written that is kept as a text. RapidJSON 1.1.0 has a shortcut for its own buffer
// on x86 that lets the control characters 0x1A to 0x1F through as they are; a buffer of ours has
// none.

#include <rapidjson/stringbuffer.h>

namespace tierline {

class JsonBuffer : public rapidjson::StringBuffer {};

}  // namespace tierline

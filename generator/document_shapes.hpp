/// The names that templates of documents may use: one shape for all of them
/// (docs/formats/documents.md).
#pragma once

#include "generator/template_shape.hpp"

namespace cosp {

/// The whole page: masthead, parts, chapters and registers of one submitter, footnotes, colophon.
Shape document_shape();

}  // namespace cosp

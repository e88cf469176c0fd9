/// The parts of a product as parts of a page: headings, numbered paragraphs, tables, charts, lists
/// of States.
#pragma once

#include <span>

#include "generator/document_page.hpp"
#include "generator/document_product.hpp"
#include "model/table.hpp"

namespace cosp {

/// In their order. Faults of texts are kept by the page's words.
TemplateList parts_of(DocumentPage& page, const Product& product, std::span<const Table> tables);

}  // namespace cosp

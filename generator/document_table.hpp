/// Tables and their charts as parts of a page.
#pragma once

#include <string>

#include "generator/document_page.hpp"
#include "generator/template_value.hpp"
#include "model/table.hpp"

namespace cosp {

/// A line of text that somebody wrote: its language marked where it is not the page's. `css` names
/// what it is.
TemplateObject text_line(const NarrativeText& words, std::string text, std::string_view language,
                         std::string_view css, std::string caption = {});

/// The table with its number, notes, and a footnote with its source; each figure's cell carries its
/// id.
TemplateObject table_part(DocumentPage& page, const Table& table);

/// Whether the table has a chart, and anything to draw in it: numbers that are neither zero nor
/// kept from the reader.
bool has_chart(const Table& table);

/// The chart of such a table, with the table's words as its alternative.
TemplateObject figure_part(DocumentPage& page, const Table& table);

}  // namespace cosp

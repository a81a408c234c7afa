/** The code of the pages in {@code examples/coming-from}: one class for each page. */
@NullMarked
package dev.modelsecrets.examples.comingfrom;

import org.jspecify.annotations.NullMarked;

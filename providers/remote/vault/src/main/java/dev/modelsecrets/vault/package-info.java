/** The provider for HashiCorp Vault, and what it takes to log in there and to read its answers. */
@NullMarked
package dev.modelsecrets.vault;

import org.jspecify.annotations.NullMarked;

/** The provider of Azure Key Vault: one public class, and how it speaks with the client library. */
@NullMarked
package dev.modelsecrets.azure;

import org.jspecify.annotations.NullMarked;

/** The provider that trades an identity token for a credential, and what speaks to the token endpoint for it. */
@NullMarked
package dev.modelsecrets.identity;

import org.jspecify.annotations.NullMarked;

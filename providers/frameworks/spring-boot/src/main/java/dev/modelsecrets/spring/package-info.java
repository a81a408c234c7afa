/** What an application uses: secrets as beans, records of secrets, and the event of a rotation. */
@NullMarked
package dev.modelsecrets.spring;

import org.jspecify.annotations.NullMarked;

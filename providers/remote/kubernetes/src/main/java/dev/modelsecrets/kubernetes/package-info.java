/**
 * Secrets of Kubernetes: a provider that reads them and is told of changes; one class for each system may live here.
 */
@NullMarked
package dev.modelsecrets.kubernetes;

import org.jspecify.annotations.NullMarked;

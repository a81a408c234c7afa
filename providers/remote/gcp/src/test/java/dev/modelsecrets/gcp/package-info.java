/** Tests of the provider for Google Cloud, against a server that speaks its gRPC API. */
package dev.modelsecrets.gcp;

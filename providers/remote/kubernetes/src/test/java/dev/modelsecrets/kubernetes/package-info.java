/** Tests against servers in this process, and the same ones against a real server: -Dit.kubernetes=kubeconfig. */
package dev.modelsecrets.kubernetes;

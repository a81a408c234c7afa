/** Resolves the secrets of two models from real places and hands them over. */
module dev.modelsecrets.examples.quickstart {
    requires dev.modelsecrets.standard;
    requires jdk.httpserver;
    requires static org.jspecify;
}

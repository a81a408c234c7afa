package dev.modelsecrets.spring.readme;

import dev.modelsecrets.spring.EnableSecrets;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
@EnableSecrets(HuggingFace.class)
class Summarizer {}

module org.example.consumer {
    requires io.github.miaudit.core;
    requires io.github.miaudit.djl;
    requires io.github.miaudit.report;
    requires io.github.miaudit.store;
}

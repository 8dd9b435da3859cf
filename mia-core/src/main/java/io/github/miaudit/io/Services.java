package io.github.miaudit.io;

import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** What is on the class path beside the library, or in it: implementations that {@link ServiceLoader} finds. */
public final class Services {

    private Services() {
    }

    /**
     * Makes one of each implementation.
     *
     * @param service what they implement; found where it was loaded from
     * @throws AuditException if one can't be made
     */
    public static <T> List<T> of(Class<T> service) {
        try {
            return ServiceLoader.load(service, service.getClassLoader()).stream().map(ServiceLoader.Provider::get).toList();
        } catch (ServiceConfigurationError e) {
            throw new AuditException("the class path holds what can't be used: " + e.getMessage() + "; mend it, or leave it out", e);
        }
    }
}

package orchestrator.shell.doctor;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** With what the components of a bundle are configured, by key. */
record Settings(Map<String, Object> values) {

    /** What is set for the components of a bundle together; nothing if it is not there, or nobody tells. */
    static Settings of(Surroundings there, String symbolicName) {
        Map<String, Object> values = new TreeMap<>();
        ServiceComponentRuntime components = there.components();
        Bundle bundle = there.bundle(symbolicName).orElse(null);
        if (components != null && bundle != null) {
            for (ComponentDescriptionDTO each : components.getComponentDescriptionDTOs(bundle)) {
                for (ComponentConfigurationDTO one :
                        components.getComponentConfigurationDTOs(each)) {
                    values.putAll(one.properties);
                }
            }
        }
        return new Settings(values);
    }

    /** A value as text; empty if it is not set. */
    String text(String key) {
        Object value = values.get(key);
        return value == null ? "" : value.toString();
    }

    /** A value that is a list, or words with commas between. */
    List<String> list(String key) {
        Object value = values.get(key);
        Stream<?> all =
                value instanceof Object[] array
                        ? Arrays.stream(array)
                        : value instanceof Collection<?> list
                                ? list.stream()
                                : Stream.of(text(key).split(","));
        return all.map(each -> String.valueOf(each).strip())
                .filter(each -> !each.isEmpty())
                .toList();
    }

    /** A whole number, or what is given if it is none. */
    long number(String key, long otherwise) {
        String text = text(key).strip();
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : otherwise;
    }
}

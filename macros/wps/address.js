schoollibAddress = "";

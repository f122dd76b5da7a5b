variable "login" {
  type    = string
  default = "ssh"
}

source "amazon-ebs" "base" {
  ami_name      = "shop-{{timestamp}}"
  region        = "eu-west-1"
  source_ami    = "ami-0aaaaaaaaaaaaaaa1"
  instance_type = "t3.small"
  communicator  = var.login
}

build {
  sources = ["amazon-ebs.base"]

  dynamic "provisioner" {
    for_each = ["nginx", "jq"]
    labels   = ["shell"]
    content {
      inline = ["sudo yum install -y ${provisioner.value}"]
    }
  }
}
